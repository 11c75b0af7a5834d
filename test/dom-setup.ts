// What Mantine asks of a browser and jsdom does not have.
import { vi } from 'vitest'

Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    dispatchEvent: vi.fn(),
  }),
})

/** Tells a size once for each element, as a browser does first of all; here nothing has any. */
class NoLayout {
  readonly #watched = new Set<Element>()
  readonly #tell: ResizeObserverCallback
  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell
  }
  observe(target: Element): void {
    this.#watched.add(target)
    setTimeout(() => {
      if (this.#watched.has(target))
        this.#tell([{ target, contentRect: target.getBoundingClientRect() }] as never, this)
    })
  }
  unobserve(target: Element): void {
    this.#watched.delete(target)
  }
  disconnect(): void {
    this.#watched.clear()
  }
}
window.ResizeObserver = NoLayout
Element.prototype.scrollIntoView = () => undefined
Element.prototype.scrollTo = () => undefined
window.scrollTo = () => undefined
