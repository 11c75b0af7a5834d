import { type BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain } from 'electron'
import { messagePort } from '../../contract/wire/message-port.ts'
import type { Port } from '../../contract/wire/port.ts'
import { ASK, PORT } from '../../preload/channel.ts'
import { isOurPage } from './scheme.ts'

/**
 * Hand the page of a window its port when it asks: only to the window's own main frame, only to our page, one at a
 * time. The port of a page that was left is closed, for Chromium does not say that its other end is gone.
 */
export function handOutPorts(window: BrowserWindow, serve: (port: Port) => void): void {
  const { webContents } = window
  let current: Port | undefined
  const leave = (reason: string): void => {
    current?.close(reason)
    current = undefined
  }
  const ask = ({ sender, senderFrame }: IpcMainEvent): void => {
    if (sender !== webContents || senderFrame === null || senderFrame !== webContents.mainFrame) return
    if (!isOurPage(senderFrame.url)) return
    leave('the page asked anew')
    const { port1, port2 } = new MessageChannelMain()
    current = messagePort(port1)
    serve(current)
    senderFrame.postMessage(PORT, null, [port2])
  }
  ipcMain.on(ASK, ask)
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) leave('the page was left')
  })
  window.once('closed', () => {
    ipcMain.off(ASK, ask)
    leave('the window was closed')
  })
}
