import type { RunFilter } from '../../contract/shapes/run-page.ts'
import { looked, moment } from './run-columns.ts'

/** Which of the mirrored runs are wanted. */
export interface RunsWanted extends Omit<RunFilter, 'hostId'> {
  readonly hostIds: readonly string[]
  /** Hosts whose agents can be reached: what has not ended on others is `unknown`. */
  readonly connected: readonly string[]
  /** Hosts and repositories by whose names the text is found, too. */
  readonly named: { readonly hosts: readonly string[]; readonly repositories: readonly string[] }
}

export interface Condition {
  /** SQL over `runs`. */
  readonly where: string
  readonly values: Readonly<Record<string, string>>
}

/** True where no more is asked than of which hosts, and of which days. */
export function isPlain({ kinds, states, startedBy, follows, text }: RunsWanted): boolean {
  return kinds === null && states === null && startedBy === null && follows === null && text.trim() === ''
}

/** What a row must be to be wanted; `everyHost` are those that there are any of. */
export function conditionOf(wanted: RunsWanted, everyHost: ReadonlySet<string>): Condition {
  const { hostIds, kinds, startedBy, follows, from, to } = wanted
  const parts: Condition[] = [
    ...hostCondition(hostIds, everyHost),
    ...(kinds === null ? [] : [oneOf('kind', 'kinds', kinds)]),
    ...(startedBy === null ? [] : [{ where: 'started_by = :startedBy', values: { startedBy } }]),
    ...(follows === null ? [] : [{ where: 'follows = :follows', values: { follows } }]),
    ...(from === null ? [] : [{ where: 'queued_at >= :from', values: { from: moment(from) } }]),
    ...(to === null ? [] : [{ where: 'queued_at < :to', values: { to: moment(to) } }]),
    ...stateCondition(wanted),
    ...textCondition(wanted),
  ]
  if (parts.length === 0) return { where: '1', values: {} }
  return {
    where: parts.map(({ where }) => `(${where})`).join(' AND '),
    values: Object.assign({}, ...parts.map(({ values }) => values)) as Record<string, string>,
  }
}

function hostCondition(hostIds: readonly string[], everyHost: ReadonlySet<string>): readonly Condition[] {
  const [only] = hostIds
  if (hostIds.length === 1 && only !== undefined) return [{ where: 'host_id = :hostId', values: { hostId: only } }]
  const wanted = new Set(hostIds)
  return [...everyHost].every((id) => wanted.has(id)) ? [] : [oneOf('host_id', 'hostIds', hostIds)]
}

function oneOf(column: string, name: string, values: readonly string[]): Condition {
  return { where: `${column} IN (SELECT value FROM json_each(:${name}))`, values: { [name]: JSON.stringify(values) } }
}

/** A run that had not ended when its host was last heard of may have ended since. */
function stateCondition({ states, connected }: RunsWanted): readonly Condition[] {
  if (states === null) return []
  const reached = oneOf('host_id', 'connected', connected)
  const asKept = oneOf('state', 'states', states)
  const away = states.includes('unknown') ? ` OR (ended = 0 AND NOT ${reached.where})` : ''
  return [
    {
      where: `${asKept.where} AND (ended = 1 OR ${reached.where})${away}`,
      values: { ...asKept.values, ...reached.values },
    },
  ]
}

function textCondition({ text, named }: RunsWanted): readonly Condition[] {
  const sought = looked(text.trim())
  if (sought === '') return []
  const hosts = oneOf('host_id', 'namedHosts', named.hosts)
  const repositories = oneOf('repository_id', 'namedRepositories', named.repositories)
  return [
    {
      where: [
        String.raw`search LIKE :text ESCAPE '\'`,
        ...(named.hosts.length === 0 ? [] : [hosts.where]),
        ...(named.repositories.length === 0 ? [] : [repositories.where]),
      ].join(' OR '),
      values: {
        text: `%${sought.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`,
        ...(named.hosts.length === 0 ? {} : hosts.values),
        ...(named.repositories.length === 0 ? {} : repositories.values),
      },
    },
  ]
}
