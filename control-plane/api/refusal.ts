import { ORPCError, ValidationError } from '@orpc/contract'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'

/** Any error as a refusal. What is nobody's mistake who asked goes to the log, and nothing of it out. */
export function toProblem(error: unknown, log: (message: string, error: unknown) => void): PlaneProblem {
  const problem = refusalOf(error)
  if (problem !== undefined) return problem
  log('A call of the control plane failed unforeseen', error)
  const isDatabase = error instanceof Error && error.name === 'SqliteError'
  if (isDatabase) return new PlaneProblem('database', 'The control plane could not read or write what it knows.')
  return new PlaneProblem('other', 'Something unexpected happened; the log of the control plane has it.')
}

function refusalOf(error: unknown): PlaneProblem | undefined {
  if (error instanceof PlaneProblem) return error
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return undefined
  const { cause } = error
  if (cause instanceof ValidationError) return new PlaneProblem('bad-request', sentence(cause), { cause: error })
  return undefined
}

/** The first few of what is wrong with a body. */
function sentence({ issues }: ValidationError): string {
  const parts = issues.slice(0, 5).map(({ path = [], message }) => {
    const place = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
    return place === '' ? message : `${place}: ${message}`
  })
  return parts.join('; ')
}
