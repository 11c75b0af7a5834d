import { expect, it } from 'vitest'
import { readS3Address } from './s3-address.ts'

const own = { amazon: false, region: undefined }

it.each([
  ['s3:https://store.example:9000/bucket/some/prefix', 'https://store.example:9000', 'bucket', 'some/prefix'],
  ['s3:https://store.example/bucket', 'https://store.example', 'bucket', ''],
  ['s3:http://127.0.0.1:9000/bucket/', 'http://127.0.0.1:9000', 'bucket', ''],
  ['s3:store.example/bucket/prefix', 'https://store.example', 'bucket', 'prefix'],
  ['s3:store.example:9000/bucket', 'https://store.example:9000', 'bucket', ''],
  ['s3://store.example/bucket/prefix/', 'https://store.example', 'bucket', 'prefix'],
  ['s3:store.example/bucket/./a//b/../c/', 'https://store.example', 'bucket', 'a/c'],
  ['s3:https://store.example/bucket/prefix?x=1', 'https://store.example', 'bucket', 'prefix'],
])('finds store, bucket and folder in %s', (url, endpoint, bucket, prefix) => {
  expect(readS3Address(url)).toEqual({ endpoint, bucket, prefix, ...own })
})

it.each([
  ['s3:s3.amazonaws.com/bucket/prefix', 'https://s3.amazonaws.com', undefined],
  ['s3:https://s3.amazonaws.com/bucket/prefix', 'https://s3.amazonaws.com', undefined],
  ['s3:s3.eu-central-1.amazonaws.com/bucket/prefix', 'https://s3.eu-central-1.amazonaws.com', 'eu-central-1'],
  ['s3:s3-us-gov-west-1.amazonaws.com/bucket/prefix', 'https://s3-us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  [
    's3:s3.dualstack.eu-west-1.amazonaws.com/bucket/prefix',
    'https://s3.dualstack.eu-west-1.amazonaws.com',
    'eu-west-1',
  ],
  ['s3:s3.cn-north-1.amazonaws.com.cn/bucket/prefix', 'https://s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
])("finds the region in Amazon's %s", (url, endpoint, region) => {
  expect(readS3Address(url)).toEqual({ endpoint, bucket: 'bucket', prefix: 'prefix', amazon: true, region })
})

it.each([
  's3:https://store.example',
  's3:https://store.example/',
  's3:store.example',
  's3:/bucket/prefix',
  's3:///bucket/prefix',
  's3:https:///bucket',
  's3:https://user:secret@store.example/bucket',
  's3:https://store.example/bucket/100%25',
  's3:store.example/bucket//prefix',
  's3:store.example/bucket/../prefix',
  's3:https://storage.googleapis.com/bucket',
  's3:oss-eu-central-1.aliyuncs.com/bucket',
  's3:http://s3.amazonaws.com/bucket',
  's3:bucket.vpce-1a2b.s3.eu-west-1.vpce.amazonaws.com/bucket',
  'rest:https://store.example/bucket/prefix',
])('leaves %s to restic', (url) => {
  expect(readS3Address(url)).toBeUndefined()
})
