import type { ContactMethod } from '../paging/policy.ts';

/** Officers' means and absences as the store owns them. */
export interface People {
  /**
   * Adds the methods of the file, in their order, for officers who have none, and for the duty of `desk` when it has
   * none. One that was removed stays removed.
   */
  seedMethods(desk: string | undefined, methods: readonly ContactMethod[]): Promise<void>;
}
