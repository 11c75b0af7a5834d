import { t } from '@lingui/core/macro'
import { type Enrolment, readEnrolment } from '../../../contract/shapes/enrolment.ts'

/** What was pasted, as far as it is the line that `restore-agent enrol` prints. `problem` says what it is instead. */
export type PastedLine =
  | { readonly state: 'empty' }
  | { readonly state: 'whole'; readonly enrolment: Enrolment }
  | { readonly state: 'problem'; readonly problem: string }

const PREFIX = 'restore-agent://'
/** In the order in which they stand in the line. */
const FIELDS = ['key', 'role', 'workspace', 'code'] as const

/** Read what was pasted. A terminal may have broken the line, and what was copied with it may stand around it. */
export function readPasted(text: string): PastedLine {
  const trimmed = text.trim()
  if (trimmed === '') return { state: 'empty' }
  const at = trimmed.indexOf(PREFIX)
  if (at < 0) return { state: 'problem', problem: otherKind(trimmed) }
  const candidates = [trimmed.slice(at).split(/\s/)[0] ?? '', trimmed.slice(at).replaceAll(/\s/g, '')]
  for (const candidate of candidates) {
    const enrolment = readEnrolment(candidate)
    if (enrolment !== undefined) return { state: 'whole', enrolment }
  }
  return { state: 'problem', problem: whatIsWrong(candidates[1] ?? '') }
}

function otherKind(text: string): string {
  if (PREFIX.startsWith(text)) return t`This is only the beginning of the line. Copy all of it.`
  if (/^(rest|s3|sftp):/.test(text))
    return t`This is the address of a repository. Enrol its host first, then add the repository there.`
  if (/^https?:\/\//.test(text)) return t`This is the address of a web page. The line begins with restore-agent://.`
  if (/^(ssh\s|[^\s@]+@[^\s@]+$)/.test(text)) return t`This looks like an ssh destination. Choose “Through ssh” above.`
  if (/restore-agent\s+enrol/.test(text))
    return t`This is the command. Run it on the host, and paste the line that it prints.`
  return t`This is not a line of “restore-agent enrol”, which begins with restore-agent://.`
}

function whatIsWrong(line: string): string {
  const given = new Set(FIELDS.filter((field) => new RegExp(`[?&]${field}=`).test(line)))
  const missing = FIELDS.filter((field) => !given.has(field))
  const [first] = missing
  if (first !== undefined)
    return missing.length === 1
      ? t`The line is cut off: its ${first} is missing. Copy all of it, to the end.`
      : t`The line is cut off: its ${first} and what follows are missing. Copy all of it, to the end.`
  if (/[?&]code=[A-Za-z0-9_-]{0,21}$/.test(line))
    return t`The line is cut off within its code. Copy all of it, to the end.`
  return t`Something in the line was changed on the way. Copy it again, just as it was printed.`
}

/** A key's fingerprint in groups of four, for two people who compare it by reading it aloud. */
export function groupsOf(pin: string): readonly string[] {
  return pin.match(/.{1,4}/g) ?? []
}
