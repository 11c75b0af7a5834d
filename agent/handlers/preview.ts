import type { Previews } from '../browsing/previews.ts'
import { agent, heed } from './agent-contract.ts'

export function previewHandlers(previews: Previews) {
  return {
    read: agent.preview.read.handler(({ input, context, signal }) => previews.read(input, context, heed(signal))),
  }
}
