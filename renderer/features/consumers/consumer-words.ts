import { plural, t } from '@lingui/core/macro'
import type { Param, ParamValues } from '../../../contract/control-plane/intent.ts'
import { writeDuration, writeSize } from '../../../contract/control-plane/units.ts'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Intent } from '../../../contract/shapes/replica.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export interface ConsumerState {
  readonly state: StateName
  readonly word: string
  readonly sentence: string
}

/** Whether a consumer is at work: a colour, a word and a sentence. */
export function consumerState(consumer: Consumer): ConsumerState {
  const { silent, lastWorklistAt, lastSeenAt, intents } = consumer
  if (!isTold(consumer))
    return {
      state: 'unknown',
      word: t`not told`,
      sentence: t`Its control plane does not say when it was last heard from.`,
    }
  if (lastWorklistAt === null)
    return lastSeenAt === null
      ? { state: 'unknown', word: t`never heard from`, sentence: t`It has its role but has never been heard from.` }
      : {
          state: 'unknown',
          word: t`not begun`,
          sentence: t`It has been heard from, but has not asked for its worklist yet.`,
        }
  if (silent === true)
    return {
      state: 'failed',
      word: t`silent`,
      sentence: t`It should ask every half minute and has not for more than ten minutes: nothing is being restored.`,
    }
  if (intents.length === 0)
    return {
      state: 'partial',
      word: t`offers nothing`,
      sentence: t`It asks for its worklist, and says it can do nothing.`,
    }
  return { state: 'succeeded', word: t`at work`, sentence: t`It asks for its worklist.` }
}

/** Whether its plane tells when it was heard. */
export function isTold({ silent, lastWorklistAt, lastSeenAt }: Consumer): boolean {
  return silent !== null || lastWorklistAt !== null || lastSeenAt !== null
}

/** What stands first: what somebody should look at. */
export function orderOf(consumer: Consumer): number {
  return ['failed', 'partial', 'unknown', 'succeeded'].indexOf(consumerState(consumer).state)
}

/** `3 consumers, 1 silent`. */
export function totalWords(consumers: readonly Consumer[]): string {
  const silent = consumers.filter((consumer) => consumerState(consumer).state === 'failed').length
  const all = plural(consumers.length, { one: '# consumer', other: '# consumers' })
  return silent === 0 ? all : `${all}, ${plural(silent, { one: '# silent', other: '# silent' })}`
}

const TYPES: Readonly<Record<Param['type'], string>> = {
  duration: t`time`,
  bytes: t`size`,
  boolean: t`yes or no`,
  integer: t`whole number`,
  text: t`text`,
}

/** `ready_timeout (time), 30m unless set`. */
export function paramWords(name: string, { type, default: usual }: Param): string {
  const value = String(usual)
  const unless = usual === undefined || usual === null ? t`nothing unless set` : t`${value} unless set`
  return `${name} (${TYPES[type]}), ${unless}`
}

/** Parameters as a consumer is sent them, in seconds and bytes, as people write them; those that are not set are left out. */
export function sentParams(params: ParamValues, intent: Pick<Intent, 'params'> | undefined): string {
  const set = Object.entries(params).filter(([, value]) => value !== null)
  return set.map(([name, value]) => `${name} = ${withUnit(value, intent?.params[name])}`).join(', ')
}

function withUnit(value: ParamValues[string], param: Param | undefined): string {
  if (typeof value !== 'number') return String(value)
  if (param?.type === 'duration') return writeDuration(value)
  return param?.type === 'bytes' ? writeSize(value) : String(value)
}

/** A pin as curl takes it: base64 in place of base64url. */
export function curlPin(planePin: string): string {
  const text = planePin.replaceAll('-', '+').replaceAll('_', '/')
  return `sha256//${text.padEnd(Math.ceil(text.length / 4) * 4, '=')}`
}

export interface CodeToCarry {
  readonly code: string
  readonly url: string
  readonly planePin: string
  readonly name: string
}

/** What enrols a consumer of ours, which makes its key itself. */
export function ownEnrolment({ code, url, planePin, name }: CodeToCarry): string {
  return `npm run consumer -- enrol ${url.replace(/\/$/, '')} ${code} --pin ${planePin} --name ${quoted(name)}`
}

/** What makes a key where there is none yet, and what enrols it: run on the consumer. */
export function enrolmentCommands({ code, url, planePin, name }: CodeToCarry): readonly [key: string, enrol: string] {
  const body = JSON.stringify({ code, name })
  return [
    `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=${slug(name)} -keyout consumer.key -out consumer.crt`,
    `curl --insecure --pinnedpubkey '${curlPin(planePin)}' --cert consumer.crt --key consumer.key --json ${quoted(body)} ${url.replace(/\/$/, '')}/enrol`,
  ]
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'consumer'
  )
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
