/**
 * Of Node for the core: the default young generation grows to 48 MB, of which a first load fills all
 * and gives nothing back.
 */
export const coreFlags = ['--max-semi-space-size=4']
