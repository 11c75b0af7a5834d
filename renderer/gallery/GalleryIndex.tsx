import type { ReactElement } from 'react'
import { SCENES } from './scenes.ts'

/** Every scene, by name. */
export function GalleryIndex(): ReactElement {
  return (
    <ul>
      {SCENES.map(({ id }) => (
        <li key={id}>
          <a href={`?screen=${id}`}>{id}</a> (<a href={`?screen=${id}&scheme=dark`}>dark</a>)
        </li>
      ))}
    </ul>
  )
}
