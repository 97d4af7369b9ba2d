-- Which clinics had more late arrivals in March than in February?
-- Made-up data: no patient appears here.
SELECT c.name,
       count(*) FILTER (WHERE v.month = 2 AND v.minutes_late > 15) AS late_in_february,
       count(*) FILTER (WHERE v.month = 3 AND v.minutes_late > 15) AS late_in_march
FROM clinic AS c
LEFT JOIN visit AS v ON v.clinic_id = c.id
LEFT JOIN appointment AS a ON a.id = v.appointment_id AND a.cancelled = false
GROUP BY c.name
HAVING count(v.id) > 0
ORDER BY late_in_march DESC;
-- LEFT JOIN keeps clinics without any visit; an inner join would have hidden the new one.
