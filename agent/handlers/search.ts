import type { Browsing } from '../browsing/browsing.ts'
import { agent, heed } from './agent-contract.ts'

export function searchHandlers(browsing: Browsing) {
  return { find: agent.search.find.handler(({ input, signal }) => browsing.search(input, heed(signal))) }
}
