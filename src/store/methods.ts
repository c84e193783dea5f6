type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The same methods, each as `change` makes it anew. All of them return promises. */
export function mapMethods<T extends object>(methods: T, change: (name: keyof T, method: Method) => Method): T {
  const changed = Object.entries(methods).map(([name, method]) => [name, change(name as keyof T, method)]);
  return Object.fromEntries(changed);
}

/** The same methods, which also tell `fail` what they throw: whoever catches it must not go on as if nothing had been. */
export function guarded<T extends object>(methods: T, fail: (error: unknown) => void): T {
  return mapMethods(methods, (_name, method) => async (...args) => {
    try {
      return await method(...args);
    } catch (error) {
      fail(error);
      throw error;
    }
  });
}
