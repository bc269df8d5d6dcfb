-- case: capitals and blanks
CREATE TABLE "Orders" (id int); -- found
CREATE TABLE a ("orderId" int); -- found
ALTER TABLE a ADD COLUMN "order id" int; -- found

-- case: what needs none
CREATE TABLE Orders (orderId int, b2 int, größe int);
CREATE TABLE "orders2" (id int);
