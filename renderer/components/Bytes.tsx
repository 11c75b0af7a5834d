import { plural, t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { formatBytes } from './format.ts'

/** A size in IEC units, the exact bytes on hover; a dash where it is not known. */
export function Bytes({ value }: { readonly value: number | null }): ReactElement {
  if (value === null) return <span aria-label={t`unknown`}>—</span>
  return <span title={plural(value, { one: '# byte', other: '# bytes' })}>{formatBytes(value)}</span>
}
