import type { SystemWords } from '../../../contract/shapes/notice.ts'

/** The operating system's notifications, where this process can make them. */
export interface Notifier {
  /** A window of this console is what the operator looks at. */
  isInFront(): boolean
  /** `onOpen` when it is clicked. */
  show(notice: SystemWords, onOpen: () => void): void
}
