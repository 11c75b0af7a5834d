import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { download } from './download.ts'

export type ExportFormat = 'csv' | 'json'

const TYPES: Readonly<Record<ExportFormat, string>> = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

export interface ExportTask<Progress> {
  readonly format: ExportFormat
  readonly signal: AbortSignal
  onProgress(progress: Progress): void
}

export interface Export<Progress> {
  /** How far it is; null while nothing is read. */
  readonly progress: Progress | null
  readonly error: unknown
  begin(format: ExportFormat): void
  stop(): void
  dismiss(): void
}

/** Reads what is to be handed over, which can be stopped, and then hands it over as a file of this name. */
export function useExport<Progress>(
  name: string,
  { none, read }: { readonly none: Progress; read(task: ExportTask<Progress>): Promise<readonly string[]> },
): Export<Progress> {
  const [progress, setProgress] = useState(none)
  const controller = useRef<AbortController | null>(null)
  const write = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const { signal } = (controller.current = new AbortController())
      setProgress(none)
      try {
        const parts = await read({ format, signal, onProgress: setProgress })
        if (!signal.aborted) download(parts, { type: TYPES[format], name: `${name}.${format}` })
      } catch (error) {
        // Stopped by whoever asked for it.
        if (!signal.aborted) throw error
      }
    },
  })
  return {
    progress: write.isPending ? progress : null,
    error: write.error,
    begin: (format) => {
      if (!write.isPending) write.mutate(format)
    },
    stop: () => controller.current?.abort(),
    dismiss: write.reset,
  }
}
