import { crewEn } from './crew/messages.en.ts'
import { shareEn } from './share/messages.en.ts'
import { statisticsEn } from './statistics/messages.en.ts'

export const words = {
  crew: crewEn,
  share: shareEn,
  statistics: statisticsEn,
}
