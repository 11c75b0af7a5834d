/** What the operating system is to show. */
export interface SystemNotice {
  readonly id: string
  readonly title: string
  readonly line: string
}

/** The operating system's notifications, where this process can make them. */
export interface Notifier {
  /** A window of this console is what the operator looks at. */
  isInFront(): boolean
  /** `onOpen` when it is clicked. */
  show(notice: SystemNotice, onOpen: () => void): void
}
