-- Which stages a run could write. A run of stock ends well while a brake holds the prices, so that how a destination stands is
-- told by stage. Earlier runs did not say: they count for both.
ALTER TABLE synctec.runs ADD COLUMN stages text[] NOT NULL DEFAULT '{catalogue,stock}';
