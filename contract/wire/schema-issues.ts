import { codeOfSentence, type Issue, issueOf } from '../refusals.ts'

/** What a schema found, of which the standard promises no more than a sentence and a place. */
interface Finding {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  /** From here on zod's own. */
  readonly code?: unknown
  readonly origin?: unknown
  readonly format?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
}

const MOST = 20

/** Why a schema refused an input, with the codes that a window has sentences for. */
export function issuesOf(findings: readonly Finding[]): Issue[] {
  return findings.slice(0, MOST).map(issueFrom)
}

function issueFrom(finding: Finding): Issue {
  const path = pathOf(finding)
  const { message } = finding
  const code = codeOfSentence(message)
  return code === undefined ? (ofBounds(path, finding) ?? { path, message }) : { path, message, code }
}

/** Of a schema that leaves the sentence to zod, whose own is for programmers. */
function ofBounds(
  path: Issue['path'],
  { code, origin, format, minimum: least, maximum: most }: Finding,
): Issue | undefined {
  if (code === 'invalid_format' && format === 'url') return issueOf(path, 'not_an_address')
  if (code === 'too_big' && typeof most === 'number') {
    if (origin === 'string') return issueOf(path, 'too_long', { most })
    return issueOf(path, origin === 'array' ? 'too_many' : 'too_great', { most })
  }
  if (code === 'too_small' && typeof least === 'number') {
    if (origin === 'number' || origin === 'int') return issueOf(path, 'too_small', { least })
    if (least === 1) return issueOf(path, 'missing')
    return issueOf(path, origin === 'array' ? 'too_few' : 'too_short', { least })
  }
  return undefined
}

function pathOf({ path = [] }: Finding): Issue['path'] {
  return path.map((part) => {
    const key = typeof part === 'object' ? part.key : part
    return typeof key === 'number' ? key : String(key)
  })
}
