import { Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'

export interface ToldByPlaneProps<T> {
  readonly query: UseQueryResult<T | null>
  /** While it is asked: `Loading what a consumer would be sent`. */
  readonly loading: string
  /** Where it cannot say. */
  readonly untold: string
  children(told: T): ReactElement
}

/** What a plane was asked; where it cannot say, that. */
export function ToldByPlane<T>({ query, loading, untold, children }: ToldByPlaneProps<T>): ReactElement {
  if (query.isError) return <ErrorState description={describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows label={loading} rows={4} columns="1fr 1fr 1fr" />
  if (query.data === null) return <Dimmed>{untold}</Dimmed>
  return children(query.data)
}

function Dimmed({ children }: { readonly children: string }): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}
