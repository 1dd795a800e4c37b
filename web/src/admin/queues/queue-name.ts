import { i18n } from '../../base/i18n/index.ts'

/** What a queue is for; one that nobody has words for as it is. */
export function queueName(queue: string): string {
  const { t, te } = i18n.global
  return te(`queues.name.${queue}`) ? t(`queues.name.${queue}`) : queue
}
