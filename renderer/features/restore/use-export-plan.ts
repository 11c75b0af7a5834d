import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { download } from '../../components/download.ts'
import { exportPlan, type PlanFormat } from './export-plan.ts'

const TYPES: Readonly<Record<PlanFormat, string>> = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

export interface ExportingPlan {
  /** 0 to 1 while a file is being written; null else. */
  readonly share: number | null
  readonly error: unknown
  begin(format: PlanFormat): void
  stop(): void
}

/** Reads all items of a plan and hands them over as a file. */
export function useExportPlan(hostId: string, plan: RestorePlan): ExportingPlan {
  const client = useClient()
  const [share, setShare] = useState(0)
  const controller = useRef<AbortController | null>(null)
  const write = useMutation({
    mutationFn: async (format: PlanFormat) => {
      const mine = new AbortController()
      controller.current = mine
      setShare(0)
      try {
        const parts = await exportPlan({ client, hostId, plan, format, signal: mine.signal, onProgress: setShare })
        if (!mine.signal.aborted)
          download(parts, { type: TYPES[format], name: `plan-${plan.hash.slice(0, 12)}.${format}` })
      } catch (error) {
        // Stopped by whoever asked for it.
        if (!mine.signal.aborted) throw error
      }
    },
  })
  return {
    share: write.isPending ? share : null,
    error: write.error,
    begin: (format) => {
      if (!write.isPending) write.mutate(format)
    },
    stop: () => controller.current?.abort(),
  }
}
