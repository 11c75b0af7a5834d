import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'

export interface ToldByPlaneProps<T> {
  readonly query: UseQueryResult<T | null>
  /** What it is: `the worklist`. */
  readonly what: string
  children(told: T): ReactElement
}

/** What a plane was asked; where it cannot say, that. */
export function ToldByPlane<T>({ query, what, children }: ToldByPlaneProps<T>): ReactElement {
  if (query.isError) return <ErrorState description={describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows label={t`Loading ${what}`} rows={4} columns="1fr 1fr 1fr" />
  if (query.data === null) return <Text size="sm" c="dimmed">{t`This control plane does not tell ${what}.`}</Text>
  return children(query.data)
}
