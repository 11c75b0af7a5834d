import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isFault } from '../../contract/errors.ts'
import {
  type AuditAnchor,
  type AuditBreak,
  type AuditCheck,
  auditAnchorSchema,
} from '../../contract/shapes/audit-chain.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { breathing, proofOf } from '../audit/audit-proof.ts'
import { systemClock } from '../clock.ts'
import { openJournalToRead } from '../journal/journal-to-read.ts'
import { askAgent } from './ask-agent.ts'
import { NotAsWritten, type Surroundings } from '../../engine/command-line/command.ts'
import { jsonLines } from './table.ts'

type Where = Surroundings & { readonly dataDirectory: string }

interface VerifyOptions {
  readonly anchorFile: string | null
  readonly json: boolean
}

/** Check the audit and say what was found. Throws `NotAsWritten` for the first entry that is not as it was written. */
export async function verify(where: Where, { anchorFile, json }: VerifyOptions): Promise<void> {
  const anchor = anchorFile === null ? null : readAnchor(resolve(where.workingDirectory, anchorFile))
  const check = await checkOf(where, anchor)
  if (json) where.out.write(jsonLines([check]))
  if (check.broken !== null) throw new NotAsWritten(sentenceOfBreak(check.broken, anchor))
  if (!json) where.out.write(`${sentenceOfWhole(check, anchor)}\n`)
}

/** Print where the audit stands now, on one line. */
export async function printAnchor(where: Where): Promise<void> {
  where.out.write(jsonLines([await askAgent(where, (client) => client.audit.anchor())]))
}

/** By the agent; where none runs, from its journal, which is then nobody's. */
async function checkOf(where: Where, anchor: AuditAnchor | null): Promise<AuditCheck> {
  try {
    return await askAgent(where, (client) => client.audit.verify({ anchor }))
  } catch (error) {
    if (!(error instanceof Error) || !isFault(error.cause, 'unreachable')) throw error
    using journal = openJournalToRead(join(where.dataDirectory, 'agent.db'))
    where.say('The agent does not run: its journal was read without it.')
    const agentId = journal.settings.get('agent-id') ?? ''
    const proof = proofOf({ journal, agentId, clock: systemClock })
    return await proof.verify(anchor, breathing(new AbortController().signal))
  }
}

function readAnchor(path: string): AuditAnchor {
  try {
    const line = readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? ''
    return auditAnchorSchema.parse(JSON.parse(line))
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'its last line is no anchor'
    throw new Error(`The anchor in ${path} cannot be read: ${why}.`, { cause })
  }
}

function sentenceOfWhole({ whole, lastAt }: AuditCheck, anchor: AuditAnchor | null): string {
  const held =
    anchor === null ? '' : ` It goes on from the anchor of ${anchor.at}, which is its entry ${anchor.sequence}.`
  const last = lastAt === null ? '' : `, the last of ${showFileName(lastAt)}`
  return `The audit is as it was written: ${whole} entries${last}.${held}`
}

/** What is wrong, where, and what stands there. What others have written is spelt out. */
function sentenceOfBreak({ follows, says, at, segment, ...broken }: AuditBreak, anchor: AuditAnchor | null): string {
  const stands = says === '' ? '' : ` There stands: ${showFileName(`${at ?? ''} ${says}`.trim())}.`
  const before =
    follows === null
      ? ' Nothing stands before it.'
      : ` Before it, as it was written, stands entry ${follows.sequence}: ${showFileName(`${follows.at ?? ''} ${follows.says}`.trim())}.`
  const where = segment === null ? '' : ` It belongs to the closed part ${showFileName(segment)}.`
  return `${whatIsWrong(broken, anchor)}${where}${stands}${before}`
}

function whatIsWrong(
  { wrong, sequence, until }: Pick<AuditBreak, 'wrong' | 'sequence' | 'until'>,
  anchor: AuditAnchor | null,
): string {
  const many = until > sequence
  const which = many ? `Entries ${sequence} to ${until}` : `Entry ${sequence}`
  const are = many ? 'are' : 'is'
  switch (wrong) {
    case 'changed':
      return `${which} ${many ? 'were' : 'was'} changed.`
    case 'missing':
      return `${which} ${are} missing.`
    case 'inserted':
      return `${which} ${many ? 'were' : 'was'} put in between.`
    case 'out_of_order':
      return `${which} ${are} out of order: it stands elsewhere, or another stands in its place.`
    case 'cut_off':
      return `${which} ${many ? 'were' : 'was'} cut off: the audit ends before the anchor of ${anchor?.at ?? ''}.`
    case 'rewritten':
      return `${which} or one before it was written anew: it is not what the anchor of ${anchor?.at ?? ''} was taken of.`
  }
}
