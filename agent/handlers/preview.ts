import { implement } from '@orpc/server'
import { agentContract } from '../../contract/agent/index.ts'
import { isFault } from '../../contract/errors.ts'
import type { Previews } from '../browsing/previews.ts'
import type { Connection } from '../connection.ts'
import { agent, heed } from './agent-contract.ts'

export function previewHandlers(previews: Previews) {
  return {
    read: agent.preview.read.handler(({ input, context, signal }) => previews.read(input, context, heed(signal))),
  }
}

/**
 * The agent's contract around its handlers: a preview that is forbidden never comes to its handler, and is to stand in
 * the audit as refused nevertheless.
 */
export function refusedPreviews(previews: Previews) {
  return implement(agentContract)
    .$context<Connection>()
    .use(async ({ context, path, next }, input) => {
      try {
        return await next()
      } catch (error) {
        if (path.join('.') === 'preview.read' && isFault(error, 'forbidden')) previews.refuse(input, context)
        throw error
      }
    })
}
