import { t } from '@lingui/core/macro'
import { Badge } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Target } from '../../../contract/shapes/restore.ts'

const WORDS: Readonly<Record<Target['kind'], string>> = {
  staging: t`staging`,
  path: t`folder`,
  'in-place': t`in place`,
}

/** Where a restore goes, in a word; over the original files it stands out. */
export function TargetBadge({ kind }: { readonly kind: Target['kind'] }): ReactElement {
  return (
    <Badge
      size="sm"
      flex="none"
      {...(kind === 'in-place' ? { variant: 'outline', color: 'red', c: 'var(--state-failed)' } : {})}
    >
      {WORDS[kind]}
    </Badge>
  )
}
