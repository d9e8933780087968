import { z } from 'zod'

const id = z.number().int().positive()

/**
 * What is a matter of the company and not of the portal: which cases are without owner, and where
 * one returns to (design, «To whom a case without a responsible belongs»). Kept with the access.
 */
export const ruleSchema = z.object({
  /** A case whose responsible is one of these, dismissed or nobody, has no owner. */
  inboxHolders: z.array(id).max(50),
  /**
   * Only at these stages, by `keyOf` of their funnel, for leads and deals name theirs alike. A funnel
   * that is not named: at its first stage; null: all of them so.
   */
  inboxStages: z.record(z.string().max(32), z.array(z.string().max(64)).max(100)).nullable(),
  /** Who gets a case back that nobody is to be responsible for. */
  returnTo: id,
  /** Name of the custom field that says which decisions were carried out; null: without witness. */
  marker: z.string().max(64).nullable(),
  hasLeads: z.boolean(),
  hasDeals: z.boolean(),
  hasTasks: z.boolean(),
  /** entityTypeId of smart processes. */
  smartTypes: z.array(id).max(50),
})
export type Rule = z.infer<typeof ruleSchema>

/** What holds when the head has said nothing: what lies with the head at the first stage is to be given out. */
export const usualRule = (me: number): Rule => ({
  inboxHolders: [me],
  inboxStages: null,
  returnTo: me,
  marker: null,
  hasLeads: true,
  hasDeals: true,
  hasTasks: true,
  smartTypes: [],
})
