import { t } from '@lingui/core/macro'
import type { GroupAccess, TypeRule } from '../../../contract/control-plane/fleet.ts'

/** What was typed of the access to a repository. */
export interface TypedAccess {
  readonly name: string
  readonly url: string
  readonly repoPassword: string
  readonly username: string
  readonly serverPassword: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly roleArn: string
  readonly stsEndpoint: string
  readonly rules: string
}

export const EMPTY_ACCESS: TypedAccess = {
  name: '',
  url: '',
  repoPassword: '',
  username: '',
  serverPassword: '',
  accessKeyId: '',
  secretAccessKey: '',
  region: '',
  roleArn: '',
  stsEndpoint: '',
  rules: '',
}

export function isS3(url: string): boolean {
  return url.trim().startsWith('s3:')
}

/** What is missing yet, in a sentence; null where it can be sent. */
export function missingOf(typed: TypedAccess): string | null {
  if (typed.name.trim() === '') return t`Give the group a name.`
  if (typed.url.trim() === '') return t`Say where the repository is.`
  if (typed.repoPassword === '') return t`Type the repository’s password.`
  if (isS3(typed.url) && (typed.accessKeyId.trim() === '' || typed.secretAccessKey === ''))
    return t`S3 asks for an access key.`
  return readRules(typed.rules).problem
}

/** What is sent: of the two kinds of storage only what the address says it is. */
export function accessOf(typed: TypedAccess): GroupAccess {
  const base = { url: typed.url.trim(), repo_password: typed.repoPassword }
  if (isS3(typed.url))
    return {
      ...base,
      s3: {
        access_key_id: typed.accessKeyId.trim(),
        secret_access_key: typed.secretAccessKey,
        region: given(typed.region),
        role_arn: given(typed.roleArn),
        sts_endpoint: given(typed.stsEndpoint),
      },
    }
  return { ...base, username: given(typed.username), server_password: typed.serverPassword || null }
}

function given(text: string): string | null {
  return text.trim() || null
}

/** Rules as somebody would type them. */
export function writeRules(rules: readonly TypeRule[]): string {
  return rules.map((rule) => `${rule.by} ${rule.by === 'tag' ? rule.tag : rule.path} = ${rule.type}`).join('\n')
}

const RULE = /^(tag|path)\s+(.+?)\s*=\s*(\S+)$/

/** Rules as they are typed, one in a line. `problem` names the first line that is none. */
export function readRules(text: string): { readonly rules: TypeRule[]; readonly problem: string | null } {
  const lines = text.split('\n').map((line) => line.trim())
  const rules: TypeRule[] = []
  for (const [at, line] of lines.entries()) {
    if (line === '') continue
    const [, by, value = '', type = ''] = RULE.exec(line) ?? []
    const number = at + 1
    if (by === undefined) return { rules, problem: t`Line ${number} is not “tag NAME = TYPE” or “path /PATH = TYPE”.` }
    rules.push(by === 'tag' ? { by, tag: value, type } : { by: 'path', path: value, type })
  }
  return { rules, problem: null }
}
