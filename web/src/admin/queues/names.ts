import { i18n } from '../../base/i18n/index.ts'

/** What a queue is for, in words. An unknown queue is shown by its own name. */
export function queueName(queue: string): string {
  const { t, te } = i18n.global
  return te(`queues.name.${queue}`) ? t(`queues.name.${queue}`) : queue
}

/** What a scheduled task does, in words; one of another release is shown by its own name. */
export function taskName(sweep: string): string {
  const { t, te } = i18n.global
  return te(`queues.task.${sweep}`) ? t(`queues.task.${sweep}`) : sweep
}
