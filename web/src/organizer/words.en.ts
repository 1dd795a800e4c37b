import { staffProblemsEn } from '../photographer/problems.en.ts'
import { crewEn } from './crew/messages.en.ts'

export const words = {
  problems: staffProblemsEn,
  crew: crewEn,
}
