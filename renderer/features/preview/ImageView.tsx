import { t } from '@lingui/core/macro'
import { Switch } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { PREVIEW_LIMIT } from '../../../contract/shapes/preview.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatBytes, formatCount } from '../../components/format.ts'
import { BytesView } from './BytesView.tsx'
import { DRAWABLE_PIXELS, imageSize } from './image-size.ts'
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

/** An image, as large as there is room or pixel for pixel; its bytes where it cannot be drawn. */
export function ImageView({ beginning, name, mediaType }: ImageViewProps): ReactElement {
  const [fits, setFits] = useState(true)
  const [isDamaged, setIsDamaged] = useState(false)
  const { bytes, base64, size } = beginning
  const pixels = useMemo(() => imageSize(bytes, mediaType), [bytes, mediaType])
  const extent = pixels === null ? '' : extentWords(pixels.width, pixels.height)
  const [whole, limit] = [formatBytes(size), formatBytes(PREVIEW_LIMIT)]
  if (bytes.length < size)
    return (
      <EmptyState
        title={t`A ${name} of ${whole}`}
      >{t`Images of up to ${limit} can be shown. Restore this one to look at it.`}</EmptyState>
    )
  if (pixels !== null && pixels.width * pixels.height > DRAWABLE_PIXELS)
    return (
      <EmptyState
        title={t`A ${name} of ${extent}`}
      >{t`To draw that many would take more memory than this window has. Restore it to look at it.`}</EmptyState>
    )
  if (isDamaged) return <BytesView beginning={beginning} name={t`${name} that cannot be drawn`} />
  return (
    <>
      <PreviewBar facts={extent === '' ? [name] : [name, extent]}>
        <Switch
          size="xs"
          label={t`Fit the window`}
          checked={fits}
          onChange={(event) => setFits(event.currentTarget.checked)}
        />
      </PreviewBar>
      <section
        className={classes['image']}
        aria-label={t`What is in the file`}
        {...SCROLLS}
        data-fits={fits || undefined}
      >
        <img
          src={`data:${mediaType};base64,${base64}`}
          alt={name}
          decoding="async"
          onError={() => setIsDamaged(true)}
        />
      </section>
    </>
  )
}

function extentWords(pixelsAcross: number, pixelsDown: number): string {
  const [width, height] = [formatCount(pixelsAcross), formatCount(pixelsDown)]
  return t`${width} × ${height} pixels`
}
