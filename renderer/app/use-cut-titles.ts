import { useEffect } from 'react'

/** How many elements about the pointer are looked at: a cell and what is in it. */
const LEVELS = 4

/** Whatever is cut with an ellipsis says all of it under the pointer, wherever it stands. */
export function useCutTitles(): void {
  useEffect(() => {
    const tell = ({ target }: PointerEvent): void => {
      const cut = target instanceof Element ? cutAt(target) : undefined
      if (cut === undefined) return
      cut.title = cut.textContent
      cut.addEventListener('pointerleave', () => cut.removeAttribute('title'), { once: true })
    }
    document.addEventListener('pointerover', tell, { passive: true })
    return () => document.removeEventListener('pointerover', tell)
  }, [])
}

/** The element about this one whose text is cut, unless something there says more already. */
function cutAt(target: Element): HTMLElement | undefined {
  let element: Element | null = target
  for (let level = 0; level < LEVELS && element !== null; level += 1, element = element.parentElement) {
    if (element.hasAttribute('title')) return undefined
    if (element instanceof HTMLElement && isCut(element)) return element
  }
  return undefined
}

/** One line that is too long, or some lines of more. */
function isCut(element: HTMLElement): boolean {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
  if (scrollWidth <= clientWidth && scrollHeight <= clientHeight) return false
  const style = getComputedStyle(element)
  return scrollWidth > clientWidth
    ? style.textOverflow === 'ellipsis'
    : style.getPropertyValue('-webkit-line-clamp') !== 'none'
}
