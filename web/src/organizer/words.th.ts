import { crewTh } from './crew/messages.th.ts'

export const words = {
  crew: crewTh,
}
