import type { SystemWords } from '../../../contract/shapes/notice.ts'

/** What the browser lets this page do. `impossible`: it has no notifications here. */
export type Leave = 'granted' | 'denied' | 'default' | 'impossible'

export function leaveOf(page: Window & typeof globalThis = window): Leave {
  return 'Notification' in page ? page.Notification.permission : 'impossible'
}

/** This window is what the operator looks at. */
export function isInFront(page: Document = document): boolean {
  return page.visibilityState === 'visible' && page.hasFocus()
}

/** Have the operating system show it, where the operator has let this page do so; two windows that show the same show one. */
export function showBySystem({ id, title, line }: SystemWords, onOpen: () => void): void {
  if (leaveOf() !== 'granted') return
  const shown = new Notification(title, { body: line, tag: id })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
    onOpen()
  })
}
