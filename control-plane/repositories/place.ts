import type { GroupAccess } from '../../contract/control-plane/fleet.ts'
import { refused } from '../../contract/errors.ts'
import type { RepositoryAccess } from '../../contract/shapes/repository.ts'
import type { Backend } from '../../engine/repository/native/backend.ts'
import { chooseBackend } from '../../engine/repository/native/backends/choose-backend.ts'
import { readS3Address } from '../../engine/repository/native/backends/s3-address.ts'
import { tidyAccess } from '../../engine/repository/tidy-access.ts'
import type { Group } from '../store/index.ts'

/** Where a group's repository lies, and who reads it there. */
export interface Place {
  readonly backend: Backend
  readonly access: RepositoryAccess
  /** How consumers come to it. */
  readonly storage: Pick<Group, 'storage' | 'bucket' | 'prefix' | 'region'>
}

const USUAL_REGION = 'us-east-1'

/** Throws `invalid_input` for what a plane cannot read, and so cannot give others a way to. */
export function placeOf({ url, username, server_password, repo_password, s3 }: GroupAccess): Place {
  const access = tidyAccess({
    url,
    username: s3?.access_key_id ?? username ?? '',
    serverPassword: s3?.secret_access_key ?? server_password ?? '',
    password: repo_password,
  })
  const backend = chooseBackend({ access, ...(s3?.region ? { region: s3.region } : {}) })
  if (backend === undefined) throw refused(['access', 'url'], 'group_place')
  return { backend, access, storage: storageOf(access, s3) }
}

function storageOf({ url }: RepositoryAccess, s3: GroupAccess['s3']): Place['storage'] {
  const address = readS3Address(url)
  if (address === undefined || !s3?.role_arn) return { storage: 'rest', bucket: '', prefix: '', region: '' }
  const { bucket, prefix } = address
  return { storage: 's3', bucket, prefix, region: s3.region || address.region || USUAL_REGION }
}
