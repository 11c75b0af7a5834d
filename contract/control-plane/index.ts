export { consumerContract } from './consumer.ts'
export { operatorContract, type OperatorMeta } from './operator.ts'
