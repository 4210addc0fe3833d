/** Which version of the product this page is; written in by the build. */
declare const __APP_VERSION__: string
