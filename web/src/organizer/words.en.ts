import { crewEn } from './crew/messages.en.ts'

export const words = {
  crew: crewEn,
}
