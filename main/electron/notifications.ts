import { type BrowserWindow, Notification } from 'electron'
import type { Notifier } from '../services/notices/index.ts'

/** The one window, once there is one. */
export interface Front {
  window: BrowserWindow | null
}

/** Bring the window to the operator. */
export function bringUp({ window }: Front): void {
  if (window === null || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  if (!window.isVisible()) window.show()
  window.focus()
}

/** The desktop's notifications. Clicked, they bring the window up with what they speak of. */
export function desktopNotifier(front: Front): Notifier {
  // One that nobody holds is collected, and its click with it.
  const shown = new Set<Notification>()
  return {
    isInFront: () => front.window !== null && !front.window.isDestroyed() && front.window.isFocused(),
    show({ title, line }, onOpen) {
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body: line })
      notification.on('click', () => {
        bringUp(front)
        onOpen()
      })
      notification.on('close', () => shown.delete(notification))
      shown.add(notification)
      notification.show()
    },
  }
}
