export { consumerContract } from './consumer.ts'
export { type OperatorMeta, operatorContract } from './operator.ts'
