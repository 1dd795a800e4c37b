/** The studio that is the platform itself. Its id is fixed: the migration that makes studios makes it. */
export const HOUSE_STUDIO = '00000000-0000-7000-8000-000000000001'
