import { implement } from '@orpc/server'
import { administrationContract } from '../../contract/administration/index.ts'
import { Fault } from '../../contract/errors.ts'
import { lacks } from '../../contract/procedure.ts'
import { agentAddressSchema, writeEnrolment } from '../../contract/shapes/enrolment.ts'
import { issuesOf } from '../../contract/wire/schema-issues.ts'
import type { Connection } from '../connection.ts'
import type { Codes } from './codes.ts'
import type { Peers } from './peers.ts'

interface AdministrationDeps {
  readonly codes: Codes
  readonly peers: Peers
  /** The pin of this agent's own key. */
  readonly pin: string
  /** Where consoles reach this agent; null while it does not listen. */
  readonly address: () => string | null
}

const administration = implement(administrationContract)
  .$context<Connection>()
  .use(({ context, procedure, next }) => {
    const needs = lacks(context, procedure['~orpc'].meta)
    if (needs !== null) throw new Fault('forbidden', { needs })
    return next()
  })

/** The administration contract, served on the agent's own socket alone. */
export function administrationRouter({ codes, peers, pin, address }: AdministrationDeps) {
  return administration.router({
    enrolment: {
      create: administration.enrolment.create.handler(({ input, context }) => {
        const reachedAt = addressOf(input.address ?? address())
        const { code, expiresAt } = codes.make(input, context)
        const { workspace, role } = input
        return { line: writeEnrolment({ address: reachedAt, pin, code, workspace, role }), expiresAt }
      }),
    },
    peers: {
      list: administration.peers.list.handler(() => peers.list()),
      revoke: administration.peers.revoke.handler(({ input, context }) => peers.revoke(input.peer, context)),
    },
  })
}

/** Read before the code is made: a line that nobody can use is worth no code. */
function addressOf(given: string | null): string {
  if (given === null) throw new Fault('conflict', { what: 'not_listening', detail: '' })
  const address = agentAddressSchema.safeParse(given)
  if (address.success) return address.data
  const issues = issuesOf(address.error.issues).map((issue) => ({ ...issue, path: ['address'] }))
  throw new Fault('invalid_input', { issues })
}
