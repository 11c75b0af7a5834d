import type { PastRestoreFilter } from '../../contract/shapes/past-restore.ts'
import { looked } from './run-columns.ts'

/** A condition in SQL and what stands for its names. */
export interface Condition {
  readonly sql: string
  readonly values: Readonly<Record<string, string>>
}

export interface ScopedFilter extends PastRestoreFilter {
  readonly workspaceId: string
  /** For each word of the text, the hosts whose names contain it. */
  readonly hostsNamed: readonly { readonly word: string; readonly hostIds: readonly string[] }[]
}

/**
 * What a filter asks of a row of `past_restores`. Only texts of this file become SQL; what was asked for goes beside it.
 * Words are looked for without regard to case.
 */
export function conditionOf(filter: ScopedFilter): Condition {
  const { workspaceId, hostIds, from, until, hostsNamed } = filter
  const [onlyHost, ...otherHosts] = hostIds
  const parts: (Condition | null)[] = [
    { sql: 'workspace_id = :workspace', values: { workspace: workspaceId } },
    // By itself, so that the index of hosts gives the order too.
    onlyHost !== undefined && otherHosts.length === 0
      ? { sql: 'host_id = :host', values: { host: onlyHost } }
      : oneOf('host_id', hostIds),
    oneOf('actor', filter.actors),
    oneOf('target', filter.targets),
    oneOf('outcome', filter.outcomes),
    oneOf('proof', filter.proofs),
    from === null ? null : { sql: 'at >= :from', values: { from } },
    until === null ? null : { sql: 'at < :until', values: { until } },
    ...hostsNamed.map(({ word, hostIds: named }, at) => ({
      sql: `(searched LIKE :word${at} ESCAPE '\\' OR host_id IN (SELECT value FROM json_each(:named${at})))`,
      values: { [`word${at}`]: `%${escapeLike(looked(word))}%`, [`named${at}`]: JSON.stringify(named) },
    })),
  ]
  const asked = parts.filter((part) => part !== null)
  return {
    sql: asked.map(({ sql }) => sql).join(' AND '),
    values: Object.assign({}, ...asked.map(({ values }) => values)),
  }
}

function oneOf(column: string, values: readonly string[]): Condition | null {
  if (values.length === 0) return null
  return {
    sql: `${column} IN (SELECT value FROM json_each(:${column}s))`,
    values: { [`${column}s`]: JSON.stringify(values) },
  }
}

function escapeLike(word: string): string {
  return word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
