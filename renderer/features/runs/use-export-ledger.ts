import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { LedgerAction, Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { download } from '../../components/download.ts'
import { exportLedger, type LedgerFormat } from './export-ledger.ts'

const TYPES: Readonly<Record<LedgerFormat, string>> = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

export interface ExportingLedger {
  /** 0 to 1 while a file is being written; null else. */
  readonly share: number | null
  readonly error: unknown
  begin(format: LedgerFormat): void
  stop(): void
  /** The error has been read. */
  dismiss(): void
}

export interface LedgerView {
  readonly action: LedgerAction | null
  readonly text: string
}

/** Reads all items that fit and hands them over as a file. */
export function useExportLedger(hostId: string, run: Run, { action, text }: LedgerView): ExportingLedger {
  const client = useClient()
  const [share, setShare] = useState(0)
  const controller = useRef<AbortController | null>(null)
  const write = useMutation({
    mutationFn: async (format: LedgerFormat) => {
      const { signal } = (controller.current = new AbortController())
      setShare(0)
      try {
        const parts = await exportLedger({ client, hostId, run, action, text, format, signal, onProgress: setShare })
        if (!signal.aborted) download(parts, { type: TYPES[format], name: `${run.id}-ledger.${format}` })
      } catch (error) {
        // Stopped by whoever asked for it.
        if (!signal.aborted) throw error
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
    dismiss: write.reset,
  }
}
