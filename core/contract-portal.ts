/** What a window and the core say about what comes from a portal; part of `contract.ts`. */
import { z } from 'zod'
import type { Reason } from './domain/decision.ts'

/** Of a person or a kind of items, as the portal numbers them. */
const number = z.int().min(1).max(2_147_483_647)

export const portalArgs = {
  /** The rule of the open workspace and what may be chosen, asked from the portal itself. */
  portalRule: z.strictObject({}),
  /** Everything is read anew by it, when it is another rule than before. */
  savePortalRule: z.strictObject({
    hasLeads: z.boolean(),
    hasDeals: z.boolean(),
    hasTasks: z.boolean(),
    /** entityTypeId of smart processes. */
    smartTypes: z.array(number).max(50),
    /** Who holds what has no owner. */
    inboxHolders: z.array(number).max(50),
    /** Who gets a case back. */
    returnTo: number,
    /** A funnel that is not named stays as it was. */
    inboxStages: z
      .array(
        z.strictObject({
          funnelId: z.string().max(32),
          stageIds: z.array(z.string().max(64)).max(100),
        }),
      )
      .max(500),
  }),
}

export interface PortalRule {
  readonly hasLeads: boolean
  readonly hasDeals: boolean
  readonly hasTasks: boolean
  readonly smartTypes: readonly number[]
  readonly inboxHolders: readonly number[]
  readonly returnTo: number
  /** Of every funnel there is. */
  readonly inboxStages: readonly FunnelStages[]
}
export interface FunnelStages {
  readonly funnelId: string
  readonly stageIds: readonly string[]
}

export interface PortalChoices {
  /** Whose connection it is. */
  readonly me: number
  /** Who works there, and who is named in the rule. */
  readonly people: readonly PortalPerson[]
  /** Only administrators are told which smart processes there are; others name them by number. */
  readonly isListed: boolean
  readonly smartTypes: readonly PortalSmartType[]
  readonly funnels: readonly PortalFunnel[]
}
export interface PortalPerson {
  readonly id: number
  /** null: the portal does not know them. */
  readonly name: string | null
  readonly post: string
  readonly isActive: boolean
}
export interface PortalSmartType {
  readonly typeId: number
  /** null: nobody says it. */
  readonly name: string | null
  /** It is there, is shown to me and has stages. */
  readonly isReadable: boolean
}
export interface PortalFunnel {
  readonly funnelId: string
  /** 1 leads, 2 deals, else a smart process. */
  readonly typeId: number
  readonly name: string
  /** The open ones, in their order. */
  readonly stages: readonly { readonly stageId: string; readonly name: string }[]
}

export interface ToldPortalRule {
  readonly kind: 'told'
  readonly rule: PortalRule
  readonly choices: PortalChoices
}
/** The portal cannot be asked; `reason` is one of `firstRun.probe.*`. */
interface UnreachablePortal {
  readonly kind: 'unreachable'
  readonly reason: Reason
}

export interface PortalAnswers {
  /** `none`: the open workspace is not of a portal. */
  portalRule: ToldPortalRule | UnreachablePortal | { readonly kind: 'none' }
  savePortalRule:
    | { readonly kind: 'saved'; readonly told: ToldPortalRule }
    /** Nothing is changed; `reason` is one of `settings.incoming.refused.*` and names its `field`. */
    | { readonly kind: 'refused'; readonly reason: Reason }
    | UnreachablePortal
    | { readonly kind: 'none' }
}
