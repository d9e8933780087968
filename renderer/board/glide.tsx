import { Component, createRef, type ReactNode } from 'react'
import type { Column } from '../../core/domain/stage.ts'

interface Props {
  /** Cards glide when these are others than before. */
  readonly columns: readonly Column[]
  readonly children: ReactNode
}

type Places = ReadonlyMap<string, DOMRect>

const glideMs = 240
const easing = 'cubic-bezier(0.2, 0, 0, 1)'
const mostMoving = 120
/** A card closed here is told among the closed a moment later: until then it has not appeared anew. */
const rememberedMs = 1_500

/** A card that has moved is seen going to its place: from column to column above everything else. */
export class Glide extends Component<Props> {
  readonly #box = createRef<HTMLDivElement>()
  readonly #left = new Map<string, { readonly at: number; readonly place: DOMRect }>()

  override getSnapshotBeforeUpdate({ columns }: Props): Places | null {
    const isStill = columns === this.props.columns || matchMedia('(prefers-reduced-motion)').matches
    return isStill ? null : placesOf(this.#cards())
  }

  override componentDidUpdate(_props: Props, _state: unknown, before: Places | null): void {
    if (!before) return
    const cards = this.#cards()
    for (const card of cards) for (const running of glidesOf(card)) running.cancel()
    const now = placesOf(cards)
    const at = performance.now()
    for (const [caseId, place] of before)
      if (!now.has(caseId)) this.#left.set(caseId, { at, place })
    for (const [caseId, left] of this.#left)
      if (at - left.at > rememberedMs) this.#left.delete(caseId)
    const moved = cards.flatMap(card => {
      const caseId = idOf(card)
      const [from, to] = [before.get(caseId) ?? this.#left.get(caseId)?.place, now.get(caseId)]
      this.#left.delete(caseId)
      return from && to && isElsewhere(from, to) ? [{ card, from, to }] : []
    })
    if (moved.length <= mostMoving) for (const { card, from, to } of moved) glide(card, from, to)
  }

  #cards = (): readonly HTMLElement[] => [
    ...(this.#box.current?.querySelectorAll<HTMLElement>('[data-case]') ?? []),
  ]

  override render(): ReactNode {
    return (
      <div ref={this.#box} style={{ display: 'contents' }}>
        {this.props.children}
      </div>
    )
  }
}

const idOf = (card: HTMLElement): string => card.dataset['case'] ?? ''

const placesOf = (cards: readonly HTMLElement[]): Places =>
  new Map(cards.map(card => [idOf(card), card.getBoundingClientRect()]))

const isElsewhere = (from: DOMRect, to: DOMRect): boolean =>
  Math.abs(from.left - to.left) + Math.abs(from.top - to.top) > 2

const glideName = 'glide'
const glidesOf = (card: HTMLElement): readonly Animation[] =>
  card.getAnimations().filter(({ id }) => id === glideName)

function glide(card: HTMLElement, from: DOMRect, to: DOMRect): void {
  const isAcross = Math.abs(from.left - to.left) > to.width / 2
  const [x, y] = [from.left - to.left, from.top - to.top]
  const options = { id: glideName, duration: glideMs, easing }
  const path = [{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }]
  if (!isAcross) {
    card.animate(path, options)
    return
  }
  // A column hides what reaches beyond it, so a likeness of the card goes above them all.
  const likeness = document.createElement('div')
  likeness.append(...[...card.childNodes].map(child => child.cloneNode(true)))
  likeness.className = card.className
  likeness.setAttribute('aria-hidden', 'true')
  Object.assign(likeness.style, {
    position: 'fixed',
    left: `${to.left}px`,
    top: `${to.top}px`,
    width: `${to.width}px`,
    zIndex: '900',
    pointerEvents: 'none',
  })
  document.body.append(likeness)
  const going = likeness.animate(path, options)
  card.animate([{ opacity: 0 }, { opacity: 0 }], options)
  const remove = () => likeness.remove()
  going.addEventListener('finish', remove)
  going.addEventListener('cancel', remove)
}
