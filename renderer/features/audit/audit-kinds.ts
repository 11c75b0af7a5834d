import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { outcomeWords } from './outcome-words.ts'

/** Which entries of the audit are looked at. */
export type AuditKind = 'restores' | 'previews' | 'all'

/** The entries of one kind. */
export function ofKind(entries: readonly AuditEntry[], kind: AuditKind): readonly AuditEntry[] {
  switch (kind) {
    case 'restores':
      return entries.filter(({ action }) => action === 'host.restore')
    case 'previews':
      return entries.filter(({ action }) => action === 'file.preview')
    case 'all':
      return entries
  }
}

const ACTION_WORDS: Readonly<Record<AuditEntry['action'], string>> = {
  'host.restore': 'restore',
  'host.initialise': 'new repository',
  'host.sample': 'sample repository',
  'host.cancel': 'cancel',
  'host.backup': 'backup',
  'host.diff': 'comparison',
  'host.enrol': 'host added',
  'host.remove': 'host removed',
  'file.preview': 'preview',
  'peer.invite': 'invitation',
  'peer.enrol': 'enrolment',
  'peer.revoke': 'console revoked',
  'call.refused': 'call refused',
  'repository.add': 'repository added',
  'repository.change': 'repository changed',
  'repository.remove': 'repository removed',
  'console.export': 'export',
  'console.settings': 'settings changed',
  'console.unlock-failed': 'secrets not unlocked',
  'console.refused': 'call refused',
  'workspace.change': 'workspace',
  'plane.add': 'control plane added',
  'plane.change': 'control plane changed',
  'plane.remove': 'control plane removed',
  'plane.embedded': 'embedded control plane',
  'plane.mode': 'safety mode',
  'plane.group': 'group’s repository',
  'consumer.invite': 'consumer invited',
  'consumer.own': 'own consumer',
  'consumer.verify': 'verify now',
  'consumer.dismiss': 'consumer dismissed',
  'replica.declare': 'replica declared',
  'replica.change': 'replica changed',
  'replica.enable': 'replica enabled',
  'replica.disable': 'replica disabled',
  'replica.remove': 'replica removed',
}

/** What was done, in a word or two. */
export function actionWords(action: AuditEntry['action']): string {
  return ACTION_WORDS[action]
}

/** Whether every word of a filter stands in what an entry shows; `host` is what its host is called. */
export function matchesEntry(entry: AuditEntry, host: string, filter: string): boolean {
  const { action, actor, summary, targetPath, snapshotId, reason, outcome } = entry
  const shown = [actor, host, actionWords(action), summary, targetPath ?? '', snapshotId ?? '', reason]
  const text = [...shown, outcomeWords(outcome).word].join(' ').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
