export interface ShownBySystem {
  /** Two windows that show the same show one. */
  readonly id: string
  readonly title: string
  readonly line: string
}

/** What the browser lets this page do. `impossible`: it has no notifications here. */
export type Leave = 'granted' | 'denied' | 'default' | 'impossible'

export function leaveOf(page: Window & typeof globalThis = window): Leave {
  return 'Notification' in page ? page.Notification.permission : 'impossible'
}

/** This window is what the operator looks at. */
export function isInFront(page: Document = document): boolean {
  return page.visibilityState === 'visible' && page.hasFocus()
}

/** Have the operating system show it, where the operator has let this page do so. */
export function showBySystem({ id, title, line }: ShownBySystem, onOpen: () => void): void {
  if (leaveOf() !== 'granted') return
  const shown = new Notification(title, { body: line, tag: id })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
    onOpen()
  })
}
