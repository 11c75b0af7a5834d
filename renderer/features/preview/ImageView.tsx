import { Switch } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { PREVIEW_LIMIT } from '../../../contract/shapes/preview.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatBytes, formatCount } from '../../components/format.ts'
import { BytesView } from './BytesView.tsx'
import classes from './Preview.module.css'
import { PreviewBar } from './PreviewBar.tsx'
import { SCROLLS } from './scrolls.ts'
import type { FileBeginning } from './use-preview.ts'

export interface ImageViewProps {
  readonly beginning: FileBeginning
  /** `PNG image`. */
  readonly name: string
  readonly mediaType: string
}

interface Size {
  readonly width: number
  readonly height: number
}

/** An image, as large as there is room or pixel for pixel; its bytes where it cannot be drawn. */
export function ImageView({ beginning, name, mediaType }: ImageViewProps): ReactElement {
  const [fits, setFits] = useState(true)
  const [pixels, setPixels] = useState<Size | null>(null)
  const [isDamaged, setIsDamaged] = useState(false)
  const { bytes, base64, size } = beginning
  if (bytes.length < size)
    return (
      <EmptyState title={`A ${name} of ${formatBytes(size)}`}>
        Images of up to {formatBytes(PREVIEW_LIMIT)} can be shown. Restore this one to look at it.
      </EmptyState>
    )
  if (isDamaged) return <BytesView beginning={beginning} name={`${name} that cannot be drawn`} />
  const facts = [
    name,
    ...(pixels === null ? [] : [`${formatCount(pixels.width)} × ${formatCount(pixels.height)} pixels`]),
  ]
  return (
    <>
      <PreviewBar facts={facts}>
        <Switch
          size="xs"
          label="Fit the window"
          checked={fits}
          onChange={(event) => setFits(event.currentTarget.checked)}
        />
      </PreviewBar>
      <section className={classes['image']} aria-label="What is in the file" {...SCROLLS} data-fits={fits || undefined}>
        <img
          src={`data:${mediaType};base64,${base64}`}
          alt={name}
          decoding="async"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setPixels({ width: naturalWidth, height: naturalHeight })
          }
          onError={() => setIsDamaged(true)}
        />
      </section>
    </>
  )
}
