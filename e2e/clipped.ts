/**
 * Text on this page that somebody cannot read: cut off with no sign of it, above or below its place, or wider than the window.
 * Runs in the page, so it stands by itself.
 */
export function findClipped(): readonly string[] {
  const SLACK = 1.5
  const found = new Set<string>()
  const main = document.querySelector('main')
  for (const [what, element] of [
    ['the page', document.documentElement],
    ['main', main],
  ] as const)
    if (element !== null && element.scrollWidth > element.clientWidth + 1)
      found.add(`${what} is ${element.scrollWidth - element.clientWidth}px wider than its place`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const holder = node.parentElement
    if (holder === null || (node.textContent ?? '').trim() === '') continue
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) judge(holder, box, (node.textContent ?? '').trim())
  }
  return [...found]

  function judge(holder: Element, box: DOMRect, text: string): void {
    if (box.width < 1 || box.height < 1) return
    const size = Number.parseFloat(getComputedStyle(holder).fontSize)
    const middle = (box.top + box.bottom) / 2
    const [top, bottom] = [middle - size * 0.4, middle + size * 0.4]
    let hasEllipsis = false
    for (let place: Element | null = holder; place !== null && place !== document.body; place = place.parentElement) {
      const style = getComputedStyle(place)
      // Only for screen readers.
      if (place.clientWidth <= 2 && place.clientHeight <= 2 && style.position === 'absolute') return
      if (style.display === 'inline') continue
      hasEllipsis ||= style.textOverflow === 'ellipsis' || isClamped(style)
      const edge = place.getBoundingClientRect()
      const scrollsAcross = style.overflowX === 'auto' || style.overflowX === 'scroll'
      const scrollsDown = style.overflowY === 'auto' || style.overflowY === 'scroll'
      // What is scrolled out of sight can be scrolled to.
      if (scrollsDown && (box.bottom < edge.top || box.top > edge.bottom || place.scrollHeight > place.clientHeight))
        return
      if (scrollsAcross && place.scrollWidth > place.clientWidth) return
      // Hints of keys for which there is no room are left out.
      if (place.closest('footer') !== null && box.top >= edge.bottom) return
      if (
        style.overflowY !== 'visible' &&
        !scrollsDown &&
        !isClamped(style) &&
        (top < edge.top - SLACK || bottom > edge.bottom + SLACK)
      )
        say(holder, `cut above or below: “${text}”`)
      const over = Math.max(edge.left - box.left, box.right - edge.right)
      if (style.overflowX !== 'visible' && over > SLACK && !hasEllipsis)
        say(holder, `cut by ${Math.round(over)}px: “${text}”`)
      if (style.overflowX !== 'visible' && over > SLACK) return
      if (style.position === 'fixed') break
    }
    if (box.left < -SLACK || box.right > window.innerWidth + SLACK) say(holder, `outside of the window: “${text}”`)
  }

  /** Some lines, and an ellipsis after the last. */
  function isClamped(style: CSSStyleDeclaration): boolean {
    return style.getPropertyValue('-webkit-line-clamp') !== 'none'
  }

  function say(holder: Element, what: string): void {
    const place = holder.closest('[class]')?.className.toString().split(' ').at(-1) ?? ''
    found.add(`${what.slice(0, 120)} (${holder.tagName.toLowerCase()} in .${place})`)
  }
}
