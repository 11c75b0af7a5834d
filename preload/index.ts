import { ipcRenderer } from 'electron'
import { ASK, PORT } from './channel.ts'

// A pipe and not an API: what may be asked stands in the contract, and main checks it. Nothing is exposed to the page.
window.addEventListener('message', ({ source, data }) => {
  if (source === window && data === ASK) ipcRenderer.send(ASK)
})

ipcRenderer.on(PORT, ({ ports }) => {
  window.postMessage(PORT, window.location.origin, [...ports])
})
