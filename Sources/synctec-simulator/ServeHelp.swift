/// What `serve --help` says beside its arguments; no line is longer than a terminal of 80 columns takes.
enum ServeHelp {
    static let text = #"""
        When all stores answer, one line of JSON per store goes to standard
        output: shop, endpoint, token. It runs until SIGINT or SIGTERM.

        EXAMPLES
          synctec-simulator serve stores.yaml --print-endpoints
          synctec-simulator serve --csv export.csv --currency USD --sku-fill

        SCENARIO FILE, stores: a list of
          shop, currency           the domain and the ISO 4217 code (required)
          port                     0, or left out: any free one
          token                    a permanent token
          client                   { id, secret, lifetime } for the
                                   client-credentials grant
          name, timezone, scopes, seed, shop_number, versions
          locations                names, or { name, active, fulfillment_service }
          bulk_polls               status reads until a bulk job is complete
          bucket                   { maximum, restore_rate }
          escape_markup            result files write \/ and \u003c
          catalogue                { generate: { variants, seed, blank,
                                   duplicate } }, { csv, sku_fill } or
                                   { products: [...] }
          mirror_of                a shop above it, instead of a catalogue
          mirror                   { rate, markup, drift, missing, extra, blank,
                                   duplicate, locations, seed }

        CONTROL, as JSON on each store's port, under /__control/
          GET  state               the whole catalogue
          GET  counters            calls, mutations, throttled calls, cost
          GET  truth               what a mirror was made to differ in
          POST reset-counters
          POST edit                {"sku": "A-1", "set": {"price": "12.00"}}
                                   with "location" for inventory; "variant" or
                                   "product" and an id instead of "sku"
          POST sell                {"sku": "A-1", "quantity": 2}
          POST delete              {"sku": "A-1"}
          POST add                 {"title": "Mug", "variants":
                                   [{"sku": "MUG", "price": "8.00"}]}
          POST fault               {"match": "SetStock", "after": 1,
                                   "times": 1, "action": "applyThenDrop"}
          POST clear-faults
          POST configure           scopes, shop, name, currency, token,
                                   bulk_polls, escape_markup, clock_skew,
                                   location {"name", "active"}
          POST bucket              {"maximum": 100, "restore_rate": 10}

        FAULTS: match is an operation name, a root field, any, mutation,
        download, upload, token, bulkQuery or bulkMutation. Actions:
          httpStatus (status, retry_after), throttled, dropBeforeApply,
          applyThenDrop, graphQLErrors (errors), body (body), redirect (url),
          truncateDownload (bytes or lines, announced), otherVersion (version),
          omitField (field, line), endlessPages (repeat_cursor, empty),
          bulkFailed (error_code, partial_file), bulkCanceled, bulkEmpty,
          bulkCompletedWithoutURL, bulkStuck, resultURL (url), staleOnce,
          staleAlways, rewriteOnSave (field, from, to), editBetween (edit),
          userErrorAtIndex (index, field, message, code)
        """#
}
