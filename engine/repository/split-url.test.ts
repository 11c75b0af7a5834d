import { expect, it } from 'vitest'
import { splitRepositoryUrl } from './split-url.ts'

const CASES: Readonly<Record<string, readonly [url: string, username: string, serverPassword: string]>> = {
  '/srv/restic': ['/srv/restic', '', ''],
  '  /srv/restic ': ['/srv/restic', '', ''],
  'rest:https://olivia:secret@backup.example:8000/web/': ['rest:https://backup.example:8000/web/', 'olivia', 'secret'],
  'rest:http://olivia@backup.example/': ['rest:http://backup.example/', 'olivia', ''],
  'rest:https://o%40b:p%3Aw%2F@backup.example/': ['rest:https://backup.example/', 'o@b', 'p:w/'],
  'rest:https://olivia:p@ss@backup.example/': ['rest:https://backup.example/', 'olivia', 'p@ss'],
  'rest:https://olivia:100%@backup.example/': ['rest:https://backup.example/', 'olivia', '100%'],
  'rest:https://backup.example/a@b/': ['rest:https://backup.example/a@b/', '', ''],
  's3:https://AKIA:key@s3.example/bucket': ['s3:https://s3.example/bucket', 'AKIA', 'key'],
  's3:s3.example/bucket': ['s3:s3.example/bucket', '', ''],
  'sftp:olivia@backup.example:/srv/restic': ['sftp:olivia@backup.example:/srv/restic', '', ''],
}

it.each(Object.entries(CASES))('takes the credentials out of %s', (given, [url, username, serverPassword]) => {
  expect(splitRepositoryUrl(given)).toEqual({ url, username, serverPassword })
})
