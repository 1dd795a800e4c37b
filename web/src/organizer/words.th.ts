import { crewTh } from './crew/messages.th.ts'
import { shareTh } from './share/messages.th.ts'
import { statisticsTh } from './statistics/messages.th.ts'

export const words = {
  crew: crewTh,
  share: shareTh,
  statistics: statisticsTh,
}
