import type { Browsing } from '../browsing/browsing.ts'
import { agent, heed } from './agent-contract.ts'

export function versionHandlers(browsing: Browsing) {
  return { list: agent.version.list.handler(({ input, signal }) => browsing.versions(input, heed(signal))) }
}
